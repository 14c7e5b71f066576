import { FakeMovieStore } from '../../../src/engine/fake/fake-movie-store';
import { movieStoreContract } from '../../contract/movie-store-contract';

movieStoreContract(async () => new FakeMovieStore());
