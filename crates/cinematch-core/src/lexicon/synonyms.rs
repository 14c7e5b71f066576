//! Words that people and the records of films use for one another: who asks for a cop finds a detective.

use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

/// Groups of words that stand for one another, one a line; a word may be in several. English, of what films are mostly about.
const GROUPS: &str = "\
kid child boy girl youngster
teen teenager teenage adolescent
cop police policeman policewoman detective officer
spaceship spacecraft starship shuttle space
alien extraterrestrial ufo
robot android cyborg
killer murder murderer slayer slay
assassin hitman
dad father daddy
mom mother mum
grandpa grandfather
grandma grandmother
doctor physician surgeon
scientist researcher professor
psychiatrist psychologist therapist shrink psychiatry
soldier troops army military
gangster mafia mob mobster mafioso
thief robber burglar crook robbery heist steal rob burglary
lawyer attorney courtroom trial
teacher schoolteacher tutor professor
car automobile vehicle
truck lorry trucker
plane airplane aeroplane aircraft jet airliner flight
pilot aviator
ship boat vessel liner
train railway railroad locomotive
ghost spirit haunted phantom poltergeist haunting
zombie undead
infected infection virus disease epidemic plague outbreak pandemic
witch witchcraft sorceress
wizard wizardry sorcerer sorcery
magician magic magical illusionist
monster creature beast
dog puppy canine
cat kitten feline
ape gorilla monkey primate chimpanzee
rat mouse rodent
insect bug
woods forest jungle
sea ocean
house home mansion
hotel motel inn
jail prison inmate convict prisoner imprisoned
school college university campus student
asylum psychiatric mental
battle combat
nazi hitler
ww2 wwii ii
bomb explosive explosion
gun pistol rifle gunman
gunslinger gunfighter gunman cowboy outlaw
money cash fortune
rich wealthy millionaire billionaire
poor poverty
old elderly aging aged
romance romantic love
marry marriage wedding bride
pal buddy friend friendship
boss employer
worker employee
writer author novelist
reporter journalist journalism
singer musician
band rock
boxer boxing
martial kung karate
soccer football
kidnap abduct kidnapping abduction hostage
escape flee fugitive
stranded marooned castaway shipwreck
revenge vengeance avenge
dream nightmare
amnesia memory
dead death die
king ruler monarch
spy agent espionage cia
american america usa
english england british britain
russian russia soviet
german germany
japanese japan
chinese china
korean korea
french france
italian italy
indian india
mexican mexico
irish ireland
african africa
sing musical song
pregnant pregnancy
drug addict addiction
orphan orphanage
funny comedy
scary horror
cartoon animation animated
sci scifi science
fi fiction
taxi cab taxicab
flat apartment
island isle
snow winter ice frozen blizzard
storm hurricane tornado
cannibal cannibalism
possessed possession exorcism
nun convent
clown circus
prostitute hooker prostitution
stripper striptease
waitress waiter
maid housekeeper servant butler
chef cook restaurant
gambler gambling casino poker
artist painter painting
skyscraper tower
doll puppet
cave cavern
suicide suicidal
diamond jewel jewelry
treasure gold
vampire vampirism
werewolf lycanthrope
superhero superpower
telekinesis psychic telepathy
mutant mutation
ai artificial
vr virtual simulation
hacker hacking computer
videogame game gaming
wheelchair disabled disability paralyzed handicapped
blind blindness
deaf mute
trip journey
motorcycle biker motorbike
astronaut cosmonaut nasa
bully bullied bullying
homeless tramp hobo
virgin virginity
affair adultery infidelity unfaithful mistress
divorce divorced
widow widower
town village
bunker shelter
company corporation corporate
gay lesbian lgbt homosexual homosexuality
medieval knight
future futuristic dystopia dystopian
apocalypse apocalyptic
christmas santa
supermarket grocery
hospital patient
clone cloning
crash wreck
cult sect
demon devil satan satanic demonic
heaven afterlife
god deity
dinosaur prehistoric
snake serpent
fairy elf
mermaid siren
pirate buccaneer
samurai ninja
emperor empire
slave slavery
racism racist
president politician politics
election campaign
news newspaper
television tv
radio broadcast
hollywood filmmaking
theater stage
dancer dance ballet
photograph photo photographer camera
letter mail
phone telephone
serial psychopath
torture sadism
gang thug criminal crook
undercover infiltrate
bet wager
mountain climber climbing
lake river
beach surf surfer
swimming swim pool
race racing racer
coach team
babysitter nanny governess
baby infant newborn
adopted adoption foster
loner lonely loneliness
obsession obsessed stalker stalking
rebel rebellion revolt uprising revolution
wife husband spouse couple
brother sister sibling
daughter son";

static SYNONYMS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let stemmer = Stemmer::new(Algorithm::English);
    let mut synonyms: HashMap<String, Vec<String>> = HashMap::new();
    for group in GROUPS.lines() {
        let stems: Vec<String> = group.split(' ').map(|word| stemmer.stem(word).into_owned()).collect();
        for stem in &stems {
            let known = synonyms.entry(stem.clone()).or_default();
            for other in &stems {
                if other != stem && !known.contains(other) {
                    known.push(other.clone());
                }
            }
        }
    }
    synonyms
});

/// The stems that stand for a stem.
pub(crate) fn synonyms_of(stem: &str) -> &'static [String] {
    SYNONYMS.get(stem).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_group_stand_for_one_another_and_not_for_themselves() {
        for (word, other) in [("cop", "detect"), ("detect", "cop"), ("spaceship", "starship"), ("attorney", "lawyer")] {
            assert!(synonyms_of(word).iter().any(|stem| stem == other), "{word}");
            assert!(synonyms_of(word).iter().all(|stem| stem != word), "{word}");
        }
        assert!(synonyms_of("xylophon").is_empty());
    }

    #[test]
    fn groups_are_single_words_in_the_form_that_questions_are_compared_in() {
        for group in GROUPS.lines() {
            let words: Vec<String> = group.split(' ').map(str::to_owned).collect();
            assert!(words.len() > 1, "{group}");
            assert_eq!(crate::text::fold_words(group), words);
        }
    }
}
