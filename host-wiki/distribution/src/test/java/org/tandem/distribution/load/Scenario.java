package org.tandem.distribution.load;

/** One measurement, with a wiki of its own. */
interface Scenario {

  /** The report of how much the wiki bears. */
  String LOAD = "LOAD.md";

  /** Its name on the command line. */
  String name();

  /** The file name of the report that its result goes to. */
  default String report() {
    return LOAD;
  }

  /**
   * Measures.
   *
   * @throws LoadFailure when the wiki lost something
   */
  Result run(Stage stage) throws Exception;
}
