package org.tandem.testkit.container;

import org.jboss.arquillian.container.test.spi.client.deployment.ApplicationArchiveProcessor;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/**
 * Puts the class of a test that runs inside the plugin into its archive. Arquillian does that by
 * itself only for archives that it knows to hold classes.
 */
public final class TestClasses implements ApplicationArchiveProcessor {

  @Override
  public void process(Archive<?> application, TestClass test) {
    JavaArchive classes =
        ShrinkWrap.create(JavaArchive.class, "test-classes.jar").addClass(test.getJavaClass());
    application.as(GenericArchive.class).add(classes, "lib", ZipExporter.class);
  }
}
