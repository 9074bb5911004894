package org.tandem.collab.cluster;

class InMemoryDoorbellsTest extends DoorbellContract {

  private final InMemoryDoorbells bells = new InMemoryDoorbells();

  @Override
  protected Doorbell bell() {
    return bells.bell();
  }
}
