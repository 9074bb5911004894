package org.tandem.collab.log.hibernate;

import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;

/** Makes the session factory of the log's tables. */
public final class LogSessions {

  private static final String BATCH = "200";

  private LogSessions() {}

  /**
   * @param schema that holds the tables
   */
  public static SessionFactory over(DataSource pool, String schema) {
    var registry =
        new BootstrapServiceRegistryBuilder()
            .applyClassLoaderService(new PluginClasses(LogSessions.class.getClassLoader()))
            .build();
    Configuration configuration = new Configuration(registry);
    configuration.addAnnotatedClass(PageHead.class);
    configuration.addAnnotatedClass(OperationRow.class);
    configuration.addAnnotatedClass(RunRow.class);
    configuration.addAnnotatedClass(SnapshotRow.class);
    configuration.addAnnotatedClass(ClientMark.class);
    configuration.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pool);
    configuration.setProperty(AvailableSettings.DEFAULT_SCHEMA, schema);
    configuration.setProperty(AvailableSettings.STATEMENT_BATCH_SIZE, BATCH);
    // A failure is thrown, and logged in one line by who catches it.
    configuration.setProperty(AvailableSettings.LOG_JDBC_ERRORS, "false");
    return configuration.buildSessionFactory();
  }
}
