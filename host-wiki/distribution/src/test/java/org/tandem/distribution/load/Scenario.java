package org.tandem.distribution.load;

/** One measurement, with a wiki of its own. */
interface Scenario {

  /** Its name on the command line. */
  String name();

  /** The file name of the report that its result goes to. */
  default String report() {
    return "LOAD.md";
  }

  /**
   * Measures.
   *
   * @throws LoadFailure when the wiki lost something
   */
  Result run(Stage stage) throws Exception;
}
