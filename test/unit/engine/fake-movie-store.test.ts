import { movieStoreContract } from '../../contract/movie-store-contract';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';

movieStoreContract(async () => new FakeMovieStore());
