package org.tandem.collab.log.hibernate;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.boot.registry.classloading.spi.ClassLoadingException;
import org.jspecify.annotations.Nullable;

/**
 * Lets Hibernate see the plugin's class loader alone. Its own service also asks the system class
 * loader, where the host has a Hibernate of its own.
 */
final class PluginClasses implements ClassLoaderService {

  private static final long serialVersionUID = 1L;

  private final transient ClassLoader loader;

  PluginClasses(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  @SuppressWarnings("unchecked") // the interface promises the caller's type for any name
  public <T> Class<T> classForName(String name) {
    try {
      return (Class<T>) Class.forName(name, true, loader);
    } catch (ClassNotFoundException | LinkageError missing) {
      throw new ClassLoadingException("Unable to load class [" + name + "]", missing);
    }
  }

  @Override
  public @Nullable URL locateResource(String name) {
    return loader.getResource(name);
  }

  @Override
  public @Nullable InputStream locateResourceStream(String name) {
    return loader.getResourceAsStream(name);
  }

  @Override
  public List<URL> locateResources(String name) {
    try {
      return Collections.list(loader.getResources(name));
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  @Override
  public <S> Collection<S> loadJavaServices(Class<S> contract) {
    return ServiceLoader.load(contract, loader).stream().map(ServiceLoader.Provider::get).toList();
  }

  @Override
  @SuppressWarnings("unchecked") // a proxy of these interfaces is what the caller asked for
  public <T> T generateProxy(InvocationHandler handler, Class<?>... interfaces) {
    return (T) Proxy.newProxyInstance(loader, interfaces, handler);
  }

  @Override
  public @Nullable Package packageForNameOrNull(String name) {
    return loader.getDefinedPackage(name);
  }

  @Override
  public <T> T workWithClassLoader(Work<T> work) {
    return work.doWork(loader);
  }

  @Override
  public void stop() {}
}
