export { DeviceJournal, type Journal } from './device';
export { keptText, type EntryKey, type JournalEntry, type Unacknowledged, type Unsaved } from './entry';
export { TabJournal } from './tab';
export { browserTabs, type Tabs } from './tabs';
