package org.tandem.collab.cluster.jgroups;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.tandem.collab.cluster.ClusterRefusal;

/**
 * What a node shows to the others and what it accepts of them: TLS 1.3 with a certificate on both
 * sides. Either the admin's own stores, or a certificate that the node issues to itself with the
 * authority that follows from the shared secret (see {@link SecretAuthority}); only that authority
 * is trusted.
 */
final class ClusterKeys {

  static final String PROTOCOL = "TLSv1.3";

  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  private ClusterKeys() {}

  static SSLContext of(String secret) throws ClusterRefusal {
    try {
      SecretAuthority authority = SecretAuthority.of(secret);
      SecretAuthority.Issued issued = authority.issue();
      KeyStore keys = empty();
      PrivateKey key = issued.key();
      Certificate[] chain = {issued.certificate()};
      keys.setKeyEntry("node", key, IN_MEMORY, chain);
      KeyStore trust = empty();
      trust.setCertificateEntry("cluster", authority.certificate());
      return context(keys, IN_MEMORY, trust);
    } catch (GeneralSecurityException | IOException unusable) {
      throw new ClusterRefusal("The cluster secret cannot be used: " + unusable.getMessage());
    }
  }

  static SSLContext of(JGroupsSettings.Stores stores) throws ClusterRefusal {
    try {
      char[] password = stores.keysPassword().toCharArray();
      KeyStore keys = load(stores.keys(), password);
      KeyStore trust = load(stores.trust(), stores.trustPassword().toCharArray());
      if (none(keys, keys::isKeyEntry)) {
        throw new ClusterRefusal("The key store " + stores.keys() + " holds no private key.");
      }
      if (none(trust, trust::isCertificateEntry)) {
        throw new ClusterRefusal("The trust store " + stores.trust() + " holds no certificate.");
      }
      return context(keys, password, trust);
    } catch (NoSuchFileException missing) {
      throw new ClusterRefusal("There is no key store " + missing.getMessage() + ".");
    } catch (GeneralSecurityException | IOException unusable) {
      throw new ClusterRefusal(
          "The key stores of the cluster cannot be used: " + unusable.getMessage());
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private interface Kind {
    boolean is(String alias) throws KeyStoreException;
  }

  private static boolean none(KeyStore store, Kind wanted) throws KeyStoreException {
    for (String alias : Collections.list(store.aliases())) {
      if (wanted.is(alias)) {
        return false;
      }
    }
    return true;
  }

  private static KeyStore load(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static SSLContext context(KeyStore keys, char[] password, KeyStore trust)
      throws GeneralSecurityException {
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, password);
    TrustManagerFactory accepted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    accepted.init(trust);
    SSLContext context = SSLContext.getInstance(PROTOCOL);
    context.init(shown.getKeyManagers(), accepted.getTrustManagers(), null);
    return context;
  }
}
