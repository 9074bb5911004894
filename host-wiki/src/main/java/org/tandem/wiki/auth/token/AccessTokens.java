package org.tandem.wiki.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.UserId;

/** Makes and reads access tokens: JWTs signed with ES256. Threads: safe for use by any thread. */
public final class AccessTokens {

  /** How long a token is good for. */
  public static final Duration LIFE = Duration.ofMinutes(15);

  private static final String ISSUER = "tandem";
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final String SIGN_IN = "sid";
  private static final int LONGEST = 2000;

  private final KeyRing keys;
  private final Clock clock;

  public AccessTokens(KeyRing keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  public String issue(UserId user, UUID signIn) {
    ECKey key = keys.current();
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(TYPE).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(user.toString())
                .claim(SIGN_IN, signIn.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException broken) {
      throw new IllegalStateException("The signing key cannot sign", broken);
    }
    return token.serialize();
  }

  /** Empty for anything that none of our keys has signed as an access token. */
  public Optional<AccessToken> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      return isOurs(token) ? claims(token.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException no) {
      return Optional.empty();
    }
  }

  private boolean isOurs(SignedJWT token) throws JOSEException {
    JWSHeader header = token.getHeader();
    if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
        || !TYPE.equals(header.getType())
        || header.getKeyID() == null) {
      return false;
    }
    Optional<ECKey> key = keys.key(header.getKeyID());
    return key.isPresent() && token.verify(new ECDSAVerifier(key.get()));
  }

  private static Optional<AccessToken> claims(JWTClaimsSet claims) throws ParseException {
    String subject = claims.getSubject();
    String signIn = claims.getStringClaim(SIGN_IN);
    Date end = claims.getExpirationTime();
    if (!ISSUER.equals(claims.getIssuer()) || subject == null || signIn == null || end == null) {
      return Optional.empty();
    }
    return UserId.parse(subject)
        .map(user -> new AccessToken(user, UUID.fromString(signIn), end.toInstant()));
  }
}
