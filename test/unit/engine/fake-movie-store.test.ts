import { movieStoreContract } from '../../contract/movie-store-contract';
import { recordStoreContract } from '../../contract/record-store-contract';
import { FakeMovieStore } from '../../fake-store/fake-movie-store';

const open = async () => new FakeMovieStore().stores();

describe('films', () => movieStoreContract(open));
describe('records', () => recordStoreContract(open));
