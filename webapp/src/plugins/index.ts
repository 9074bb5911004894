export { commandPart, Contributions, type Owned } from './contributions';
export { Faults, type FaultNotice } from './faults';
export { loadModules, type LoadedModule } from './loading';
export { assetsOf, moduleEntries, type ModuleEntry } from './module-entries';
