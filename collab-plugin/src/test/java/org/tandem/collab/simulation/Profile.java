package org.tandem.collab.simulation;

/**
 * How large a simulated world is and how bad.
 *
 * @param seconds of virtual time in which people write and faults come
 * @param faultEvery milliseconds between two faults, on average
 * @param pace milliseconds between two changes of one client, on average
 * @param unreliable how probable it is of a message between nodes that something happens to it
 * @param unsure how probable it is of an append that it fails in some way
 * @param rightsEvery milliseconds between two changes of somebody's right, on average; 0: never
 * @param kept milliseconds that revisions are kept before they are deleted; 0: for ever
 * @param savesEvery milliseconds between two saves of the host, on average; 0: never
 * @param deletes whether a page is deleted
 * @param checks whether a plugin checks changes, and refuses some
 */
record Profile(
    int nodes,
    int pages,
    int clients,
    int seconds,
    int faultEvery,
    int pace,
    double unreliable,
    double unsure,
    int rightsEvery,
    int kept,
    int savesEvery,
    boolean deletes,
    boolean checks) {

  /** Several nodes, dozens of clients, and no minute without trouble. */
  static Profile of(Scheduler scheduler) {
    return new Profile(
        scheduler.between(2, 4),
        scheduler.between(1, 3),
        scheduler.between(6, 24),
        scheduler.between(20, 90),
        scheduler.between(1_000, 8_000),
        scheduler.between(1_000, 6_000),
        scheduler.chance(0.5) ? 0 : 0.05,
        scheduler.chance(0.3) ? 0 : 0.05,
        scheduler.chance(0.5) ? 0 : scheduler.between(500, 5_000),
        scheduler.chance(0.7) ? 0 : scheduler.between(1, 20_000),
        scheduler.chance(0.5) ? 0 : scheduler.between(300, 6_000),
        scheduler.chance(0.1),
        scheduler.chance(0.5));
  }
}
