package dev.latchkey.acceptance.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import com.nimbusds.jwt.proc.JWTProcessor;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.TestClients;
import dev.latchkey.adapters.web.http.Tokens;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The OAuth 2.0 SDK of Nimbus as client and as resource server, as it is: all that it knows is the
 * issuer, the audience and who it is. The issuer is the address of the server under test, since the
 * SDK finds everything below it.
 */
class NimbusInteropTest extends HttpTest {

  private static final String AUDIENCE = "latchkey";
  private static final ClientID FIRST_PARTY = new ClientID("latchkey");
  private static final ClientSecretBasic PARTNER =
      new ClientSecretBasic(new ClientID("partner"), new Secret(TestClients.SECRET));
  private static final ClientSecretBasic ORDERS =
      new ClientSecretBasic(new ClientID("orders"), new Secret(TestClients.SECRET));
  private static final ClientSecretBasic IMPOSTOR =
      new ClientSecretBasic(new ClientID("partner"), new Secret("guessed"));

  private AuthorizationServerMetadata metadata;

  /** The issuer is the address that the service is found at. */
  NimbusInteropTest() {
    super(
        Map.of(
            "micronaut.server.port", "${random.port}",
            "latchkey.issuer", "http://localhost:${micronaut.server.port}"));
  }

  @BeforeEach
  void discover() throws GeneralException, IOException {
    metadata = AuthorizationServerMetadata.resolve(new Issuer(node.address()));
  }

  @Test
  void findsEverythingByTheMetadata() {
    assertThat(metadata.getIssuer()).isEqualTo(new Issuer(node.address()));
    assertThat(metadata.getGrantTypes()).containsExactly(GrantType.REFRESH_TOKEN);
    assertThat(metadata.getAuthorizationEndpointURI()).isNull();
    assertThat(metadata.getTokenEndpointAuthMethods())
        .containsExactly(
            ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    assertThat(metadata.getRevocationEndpointAuthMethods())
        .isEqualTo(metadata.getTokenEndpointAuthMethods());
    assertThat(metadata.getIntrospectionEndpointAuthMethods())
        .containsExactly(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
  }

  @Test
  void refreshesAsAPublicClient() throws ParseException, IOException {
    Tokens ada = client.newcomer();

    AccessTokenResponse answer = send(refresh(ada.refresh())).toSuccessResponse();

    BearerAccessToken access = answer.getTokens().getBearerAccessToken();
    assertThat(access.getType()).isEqualTo(AccessTokenType.BEARER);
    assertThat(access.getLifetime()).isEqualTo(300);
    assertThat(access.getScope()).isEqualTo(new Scope("user"));
    String next = answer.getTokens().getRefreshToken().getValue();
    assertThat(next).isNotEqualTo(ada.refresh());
    client.me(access.getValue()).hasStatus(200);
    client.refresh(next).hasStatus(200);
  }

  @Test
  void refreshesAsAConfidentialClientWhoseSecretIsChangedByTheEncodingOfForms()
      throws ParseException, IOException {
    // RFC 6749 §2.3.1: encoded like a form first; a server that takes Basic as RFC 7617 has it
    // would refuse this one.
    String plain = PARTNER.getClientID() + ":" + TestClients.SECRET;
    assertThat(PARTNER.toHTTPAuthorizationHeader())
        .isNotEqualTo("Basic " + Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)));
    String partners = newSessionOfPartner();

    AccessTokenResponse answer = send(refresh(PARTNER, partners)).toSuccessResponse();

    assertThat(answer.getTokens().getRefreshToken().getValue()).isNotEqualTo(partners);
    isRefused(send(refresh(IMPOSTOR, partners)), OAuth2Error.INVALID_CLIENT);
  }

  @Test
  void asksForAScopeAndReadsWhichItGot() throws ParseException, IOException {
    TokenRequest request = refresh(client.newcomer().refresh(), "user");

    assertThat(send(request).toSuccessResponse().getTokens().getAccessToken().getScope())
        .isEqualTo(new Scope("user"));
  }

  @Test
  void readsWhyATokenIsRefused() throws ParseException, IOException {
    Tokens ada = client.newcomer();

    isRefused(send(refresh("unknown")), OAuth2Error.INVALID_GRANT);
    isRefused(send(refresh(PARTNER, ada.refresh())), OAuth2Error.INVALID_GRANT);
    isRefused(send(refresh(IMPOSTOR, ada.refresh())), OAuth2Error.INVALID_CLIENT);
    isRefused(send(refresh(ada.refresh(), "user admin")), OAuth2Error.INVALID_SCOPE);
    isRefused(
        send(
            new TokenRequest.Builder(
                    metadata.getTokenEndpointURI(), PARTNER, new ClientCredentialsGrant())
                .build()),
        OAuth2Error.UNSUPPORTED_GRANT_TYPE);

    send(refresh(ada.refresh())).toSuccessResponse();
  }

  @Test
  void revokesRefreshTokensAndAccessTokens() throws ParseException, IOException {
    Tokens laptop = client.newcomer();
    Tokens phone = client.newcomer();
    String partners = newSessionOfPartner();

    assertThat(revoke(FIRST_PARTY, new RefreshToken(laptop.refresh())).indicatesSuccess()).isTrue();
    assertThat(revoke(FIRST_PARTY, new BearerAccessToken(phone.access())).indicatesSuccess())
        .isTrue();
    assertThat(revoke(PARTNER, new RefreshToken(partners)).indicatesSuccess()).isTrue();
    assertThat(revoke(FIRST_PARTY, new RefreshToken("unknown")).indicatesSuccess()).isTrue();

    isRefused(send(refresh(laptop.refresh())), OAuth2Error.INVALID_GRANT);
    isRefused(send(refresh(phone.refresh())), OAuth2Error.INVALID_GRANT);
    isRefused(send(refresh(PARTNER, partners)), OAuth2Error.INVALID_GRANT);
  }

  @Test
  void readsWhyARevocationIsRefused() throws ParseException, IOException {
    Tokens ada = client.newcomer();

    assertThat(ErrorObject.parse(revoke(PARTNER, new RefreshToken(ada.refresh()))))
        .isEqualTo(OAuth2Error.INVALID_GRANT);
    assertThat(ErrorObject.parse(revoke(IMPOSTOR, new RefreshToken(ada.refresh()))))
        .isEqualTo(OAuth2Error.INVALID_CLIENT);

    send(refresh(ada.refresh())).toSuccessResponse();
  }

  @Test
  void introspectsAnActiveTokenAndAnInactiveOne() throws ParseException, IOException {
    Tokens ada = client.newcomer();

    TokenIntrospectionSuccessResponse active =
        introspect(ORDERS, new BearerAccessToken(ada.access())).toSuccessResponse();
    assertThat(active.isActive()).isTrue();
    assertThat(active.getTokenType()).isEqualTo(AccessTokenType.BEARER);
    assertThat(active.getIssuer()).isEqualTo(metadata.getIssuer());
    assertThat(active.getAudience()).extracting(Object::toString).containsExactly(AUDIENCE);
    assertThat(active.getClientID()).isEqualTo(FIRST_PARTY);
    assertThat(active.getScope()).isEqualTo(new Scope("user"));
    assertThat(active.getSubject().getValue()).isEqualTo(client.me(ada.access()).text("/id"));
    assertThat(active.getExpirationTime()).isAfter(active.getIssueTime());
    assertThat(introspect(ORDERS, new RefreshToken(ada.refresh())).toSuccessResponse().isActive())
        .isTrue();

    revoke(FIRST_PARTY, new RefreshToken(ada.refresh()));

    for (Token token :
        Set.of(new BearerAccessToken(ada.access()), new RefreshToken(ada.refresh()))) {
      assertThat(introspect(ORDERS, token).toSuccessResponse().toJSONObject())
          .isEqualTo(Map.of("active", false));
    }
  }

  @Test
  void readsWhyAnIntrospectionIsRefused() throws ParseException, IOException {
    var token = new BearerAccessToken(client.newcomer().access());

    assertThat(introspect(IMPOSTOR, token).toErrorResponse().getErrorObject())
        .isEqualTo(OAuth2Error.INVALID_CLIENT);
    assertThat(introspect(PARTNER, token).toErrorResponse().getErrorObject())
        .isEqualTo(OAuth2Error.UNAUTHORIZED_CLIENT);
  }

  @Test
  void aResourceServerThatKnowsTheIssuerAloneTakesOurAccessTokens() throws Exception {
    Tokens ada = client.newcomer();
    String token =
        send(refresh(ada.refresh())).toSuccessResponse().getTokens().getAccessToken().getValue();

    JWTClaimsSet claims = resourceServer("at+jwt", AUDIENCE).process(token, null);

    assertThat(claims.getSubject()).isEqualTo(client.me(token).text("/id"));
    assertThat(claims.getStringListClaim("roles")).containsExactly("user");
  }

  @Test
  void aResourceServerTakesNoOtherTokens() throws Exception {
    String token = client.newcomer().access();
    int inSignature = token.lastIndexOf('.') + 10;
    char other = token.charAt(inSignature) == 'A' ? 'B' : 'A';
    String changed = token.substring(0, inSignature) + other + token.substring(inSignature + 1);
    clock.stopAt(Instant.now().minusSeconds(600));
    String expired = client.newcomer().access();

    JWTProcessor<SecurityContext> resourceServer = resourceServer("at+jwt", AUDIENCE);
    assertThatThrownBy(() -> resourceServer.process(changed, null))
        .isInstanceOf(BadJWSException.class);
    assertThatThrownBy(() -> resourceServer.process(expired, null))
        .isInstanceOf(ExpiredJWTException.class);
    assertThatThrownBy(() -> resourceServer("at+jwt", "billing").process(token, null))
        .isInstanceOf(BadJWTException.class)
        .hasMessageContaining("audience");
    // Who wants identity tokens takes no access token for one.
    assertThatThrownBy(() -> resourceServer("JWT", AUDIENCE).process(token, null))
        .isInstanceOf(BadJOSEException.class)
        .hasMessageContaining("typ");
    assertThat(resourceServer.process(token, null).getSubject()).isNotEmpty();
  }

  private JWTProcessor<SecurityContext> resourceServer(String type, String audience)
      throws MalformedURLException {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(type)));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256,
            JWKSourceBuilder.<SecurityContext>create(metadata.getJWKSetURI().toURL()).build()));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audience,
            new JWTClaimsSet.Builder().issuer(metadata.getIssuer().getValue()).build(),
            Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti")));
    return processor;
  }

  private TokenRequest refresh(String refreshToken, String... scope) {
    return new TokenRequest.Builder(
            metadata.getTokenEndpointURI(), FIRST_PARTY, grant(refreshToken))
        .scope(scope.length == 0 ? null : new Scope(scope))
        .build();
  }

  private TokenRequest refresh(ClientSecretBasic who, String refreshToken) {
    return new TokenRequest.Builder(metadata.getTokenEndpointURI(), who, grant(refreshToken))
        .build();
  }

  private static AuthorizationGrant grant(String refreshToken) {
    return new RefreshTokenGrant(new RefreshToken(refreshToken));
  }

  private static TokenResponse send(TokenRequest request) throws ParseException, IOException {
    return TokenResponse.parse(request.toHTTPRequest().send());
  }

  private HTTPResponse revoke(ClientID who, Token token) throws IOException {
    return new TokenRevocationRequest(metadata.getRevocationEndpointURI(), who, token)
        .toHTTPRequest()
        .send();
  }

  private HTTPResponse revoke(ClientSecretBasic who, Token token) throws IOException {
    return new TokenRevocationRequest(metadata.getRevocationEndpointURI(), who, token)
        .toHTTPRequest()
        .send();
  }

  private TokenIntrospectionResponse introspect(ClientSecretBasic who, Token token)
      throws ParseException, IOException {
    var request = new TokenIntrospectionRequest(metadata.getIntrospectionEndpointURI(), who, token);
    return TokenIntrospectionResponse.parse(request.toHTTPRequest().send());
  }

  private String newSessionOfPartner() {
    String username = Client.someone();
    client.register(username).hasStatus(201);
    var login = Map.of("username", username, "password", Client.PASSWORD, "clientId", "partner");
    Answer answer =
        client
            .post("/api/auth/login", login, "Authorization", PARTNER.toHTTPAuthorizationHeader())
            .hasStatus(200);
    return answer.refreshToken();
  }

  private static void isRefused(TokenResponse answer, ErrorObject error) {
    assertThat(answer.toErrorResponse().getErrorObject()).isEqualTo(error);
    assertThat(answer.toErrorResponse().getErrorObject().getHTTPStatusCode())
        .isEqualTo(error.getHTTPStatusCode());
  }
}
