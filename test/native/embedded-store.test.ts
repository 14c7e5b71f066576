import { openEmbeddedStores } from '../../src/store/embedded-store';
import { movieStoreContract } from '../contract/movie-store-contract';
import { recordStoreContract } from '../contract/record-store-contract';
import { engineOptions, removeTemporaryDirs, temporaryDir } from './engine-files';

const open = async () => openEmbeddedStores(engineOptions(temporaryDir()));

describe('films', () => movieStoreContract(open));
describe('records', () => recordStoreContract(open));

afterAll(removeTemporaryDirs);
