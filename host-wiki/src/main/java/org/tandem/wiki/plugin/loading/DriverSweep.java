package org.tandem.wiki.plugin.loading;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/**
 * Takes back the JDBC drivers that a plugin's classes have registered, which the JDK would keep for
 * good. The JDK lets only those do it who are of the same classes as the driver: so this class is
 * defined once more among the plugin's.
 */
public final class DriverSweep implements Runnable {

  @Override
  public void run() {
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == DriverSweep.class.getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException failed) {
          throw new IllegalStateException(failed);
        }
      }
    }
  }
}
