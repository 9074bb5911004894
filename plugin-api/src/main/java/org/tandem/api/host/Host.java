package org.tandem.api.host;

/** All that a host wiki offers to a plugin. Lives as long as the plugin runs. */
public interface Host {

  Pages pages();

  Users users();

  SignIns signIns();

  AccessControl access();

  Routes routes();

  Database database();
}
