import type { Movie } from '../../../src/store/movie-store';
import { folded } from './catalogue';

/** A question of which it can be told, film by film, whether a hit is of a kind. */
export interface KindQuestion {
  query: string;
  /** Whether a film is of the kind that the question asks for, or excludes. */
  of(film: Movie): boolean;
}

const genre = (name: string) => (film: Movie) => film.genres.includes(name);
const actor = (name: string) => (film: Movie) => film.cast.some((each) => folded(each) === folded(name));
const director = (name: string) => (film: Movie) => film.directors.some((each) => folded(each) === folded(name));
const keyword = (stem: string) => (film: Movie) => film.keywords.some((each) => folded(each).includes(stem));
const language = (code: string) => (film: Movie) => film.original_language === code;

/** Wishes with something excluded; `of` tells the excluded kind. Sixty phrasings. */
export const NEGATIONS: readonly KindQuestion[] = [
  ...phrasings(genre('Comedy'), [
    'romantic movie that is not a comedy',
    'space movie, not a comedy',
    'high school film but no comedy',
    'a non-comedy about a wedding',
    'road trip movie, anything but a comedy',
    'christmas film without comedy',
    'buddy cop movie -comedy',
    'family film that isn’t a comedy',
  ]),
  ...phrasings(genre('Horror'), [
    'non-horror vampire movie',
    'vampire film that is not horror',
    'movie about a haunted house, not horror',
    'ghost film but no horror please',
    'werewolf movie without horror',
    'zombie film that isn’t a horror movie',
    'monster movie -horror',
    'serial killer film, nothing with horror',
  ]),
  ...phrasings(genre('Animation'), [
    'family movie with talking animals, not animated',
    'dragon film, no animation',
    'fairy tale movie that is not animated',
    'dinosaur movie without animation',
    'superhero film but not a cartoon',
    'robot film, non-animated',
  ]),
  ...phrasings(genre('Romance'), [
    'drama in paris without romance',
    'vampire film with no romance',
    'movie about dancing, not a romance',
    'summer holiday film that isn’t romantic',
    'high school movie but nothing romantic',
  ]),
  ...phrasings(genre('Science Fiction'), [
    'time travel movie that is not science fiction',
    'alien film, not sci-fi',
    'superhero movie without sci-fi',
    'end of the world film but no science fiction',
  ]),
  ...phrasings(genre('Action'), [
    'heist movie that is not an action film',
    'spy film without action',
    'war movie, no action movie please',
    'martial arts film but not action',
  ]),
  ...phrasings(genre('Music'), ['film about a band, not a musical', 'disney movie that is not a musical']),
  ...phrasings(actor('Tom Cruise'), [
    'movies not starring Tom Cruise',
    'mission impossible movies without Tom Cruise',
    'jet fighter pilot movie, no Tom Cruise',
    'spy movie but not with Tom Cruise',
  ]),
  ...phrasings(actor('Adam Sandler'), ['comedy without Adam Sandler', 'funny films not with Adam Sandler']),
  ...phrasings(actor('Nicolas Cage'), ['heist movie without Nicolas Cage', 'action thriller, no Nicolas Cage']),
  ...phrasings(director('Quentin Tarantino'), [
    'gangster film not by Quentin Tarantino',
    'violent movie not directed by Quentin Tarantino',
  ]),
  ...phrasings(director('Steven Spielberg'), [
    'war film not by Steven Spielberg',
    'shark movie not directed by Steven Spielberg',
  ]),
  ...phrasings(keyword('zombie'), [
    'horror movie -zombies',
    'end of the world film without zombies',
    'horror film, no zombies',
  ]),
  ...phrasings(keyword('robot'), ['sci-fi but nothing with robots', 'future film without robots']),
  ...phrasings(keyword('vampire'), ['horror film without vampires', 'gothic castle movie but no vampires']),
  ...phrasings(keyword('superhero'), ['action film, no superheroes', 'comic book movie without superheroes']),
  ...phrasings(language('fr'), ['romantic film in paris, not french', 'movie about a chef that is not in french']),
];

function phrasings(of: KindQuestion['of'], queries: string[]): KindQuestion[] {
  return queries.map((query) => ({ query, of }));
}

const years = (from: number, to: number) => (film: Movie) =>
  film.year !== undefined && film.year >= from && film.year <= to;
const minutes = (from: number, to: number) => (film: Movie) =>
  film.runtime !== undefined && film.runtime >= from && film.runtime <= to;
const both = (left: KindQuestion['of'], right: KindQuestion['of']) => (film: Movie) => left(film) && right(film);
const rated = (least: number) => (film: Movie) => (film.vote_average ?? 0) >= least;
const voted = (least: number) => (film: Movie) => (film.vote_count ?? 0) >= least;

/** Questions that are nothing but a condition; `of` tells the films that meet it. */
export const CONDITIONS: readonly KindQuestion[] = [
  { query: 'movies from 1994', of: years(1994, 1994) },
  { query: 'films of 1999', of: years(1999, 1999) },
  { query: 'movies released in 2023', of: years(2023, 2023) },
  { query: '2007 movies', of: years(2007, 2007) },
  { query: 'films released between 1975 and 1979', of: years(1975, 1979) },
  { query: '1920s films', of: years(1920, 1929) },
  { query: '80s movies', of: years(1980, 1989) },
  { query: 'movies of the nineties', of: years(1990, 1999) },
  { query: 'best films of the 1970s', of: years(1970, 1979) },
  { query: 'movies before 1940', of: years(0, 1939) },
  { query: 'films after 2020', of: years(2021, 3000) },
  { query: 'movies under 90 minutes', of: minutes(1, 90) },
  { query: 'films shorter than 80 minutes', of: minutes(1, 80) },
  { query: 'movies longer than 3 hours', of: minutes(180, 1000) },
  { query: 'movies over 150 minutes', of: minutes(150, 1000) },
  { query: 'popular movies', of: voted(5_000) },
  { query: 'top rated movies', of: rated(7.5) },
  { query: 'top rated comedies', of: both(genre('Comedy'), rated(7)) },
  { query: 'best horror movies', of: both(genre('Horror'), rated(6.8)) },
  { query: 'popular animated films', of: both(genre('Animation'), voted(3_000)) },
  { query: 'comedies', of: genre('Comedy') },
  { query: 'horror movies', of: genre('Horror') },
  { query: 'war films', of: genre('War') },
  { query: '90s action movies', of: both(genre('Action'), years(1990, 1999)) },
  { query: 'comedies from 2005', of: both(genre('Comedy'), years(2005, 2005)) },
  { query: 'sci-fi movies of the 1950s', of: both(genre('Science Fiction'), years(1950, 1959)) },
  { query: 'french films', of: language('fr') },
  { query: 'japanese horror movies', of: both(language('ja'), genre('Horror')) },
  { query: 'korean thrillers', of: both(language('ko'), genre('Thriller')) },
  { query: 'short animated movies under 80 minutes', of: both(genre('Animation'), minutes(1, 80)) },
];
