package org.tandem.collab.cluster.jgroups;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority whose key follows from a shared secret, so that each node that knows the
 * secret has the same authority and no file has to be copied. The secret goes through PBKDF2 with
 * SHA-256 (RFC 8018), slow enough that who sees a certificate cannot try many secrets on it; its 48
 * bytes modulo the order of P-256 are the private key, which leaves no bias that matters.
 */
final class SecretAuthority {

  /** Characters that a secret has at least. */
  static final int SHORTEST = 32;

  private static final String CURVE = "P-256";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final X500Name NAME = new X500Name("CN=Tandem cluster");
  private static final int SEED_BYTES = 48;
  private static final int ROUNDS = 600_000;
  private static final Provider PROVIDER = new BouncyCastleProvider();
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A key and the certificate that this authority gave it. */
  record Issued(PrivateKey key, X509Certificate certificate) {}

  private final PrivateKey key;
  private final X509Certificate certificate;

  private SecretAuthority(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  static SecretAuthority of(String secret) throws GeneralSecurityException, IOException {
    if (secret.length() < SHORTEST) {
      throw new GeneralSecurityException("it has fewer than " + SHORTEST + " characters");
    }
    byte[] salt = "tandem cluster authority 2".getBytes(StandardCharsets.US_ASCII);
    byte[] seed =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(
                new PBEKeySpec(secret.toCharArray(), salt, ROUNDS, SEED_BYTES * Byte.SIZE))
            .getEncoded();

    ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec(CURVE);
    BigInteger scalar =
        new BigInteger(1, seed).mod(curve.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE);
    KeyFactory factory = KeyFactory.getInstance("EC", PROVIDER);
    PrivateKey key = factory.generatePrivate(new ECPrivateKeySpec(scalar, curve));
    PublicKey open =
        factory.generatePublic(new ECPublicKeySpec(curve.getG().multiply(scalar), curve));
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
                NAME, BigInteger.ONE, day("2020-01-01"), day("2120-01-01"), NAME, open)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    return new SecretAuthority(key, sign(builder, key));
  }

  private static Date day(String date) {
    return Date.from(Instant.parse(date + "T00:00:00Z"));
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** A fresh key for this node, good for this node's life. */
  Issued issue() throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    Instant now = Instant.now();
    KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
                NAME,
                new BigInteger(120, RANDOM).setBit(119),
                Date.from(now.minus(2, ChronoUnit.DAYS)),
                Date.from(now.plus(3_650, ChronoUnit.DAYS)),
                new X500Name("CN=Tandem node"),
                pair.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    return new Issued(pair.getPrivate(), sign(builder, key));
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(SIGNATURE).setProvider(PROVIDER).build(key)));
    } catch (OperatorCreationException unusable) {
      throw new GeneralSecurityException(unusable);
    }
  }
}
