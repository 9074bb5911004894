package org.tandem.testkit;

/**
 * What lies between a client and the wiki. Frames of one direction arrive in the order in which
 * they were sent, or not at all: then the connection has broken, as TCP loses nothing else.
 *
 * <p>Threads: any. What it is given to run it runs at once, or later on a thread of its own.
 */
interface Line {

  /** Nothing is lost and nothing takes any time. Who comes back, and when, the test says. */
  Line GOOD =
      new Line() {
        @Override
        public void toWiki(Runnable frame, Runnable breakOff) {
          frame.run();
        }

        @Override
        public void toClient(Runnable frame, Runnable breakOff) {
          frame.run();
        }

        @Override
        public void again(Runnable dial) {}
      };

  /**
   * Carries a frame to the wiki.
   *
   * @param frame hands it over
   * @param breakOff breaks the connection that it belongs to: in place of the frame, or right
   *     behind it, so that its answer is not heard
   */
  void toWiki(Runnable frame, Runnable breakOff);

  /** Carries a frame to the client, as {@link #toWiki} does. */
  void toClient(Runnable frame, Runnable breakOff);

  /** A connection has ended: dials once more, after a while, where the line does that by itself. */
  void again(Runnable dial);
}
