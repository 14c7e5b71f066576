import { openEmbeddedStore } from '../../src/engine/embedded-store';
import { movieStoreContract } from '../contract/movie-store-contract';
import { engineOptions, removeTemporaryDirs, temporaryDir } from './engine-files';

movieStoreContract(async () => openEmbeddedStore(engineOptions(temporaryDir())));

afterAll(removeTemporaryDirs);
