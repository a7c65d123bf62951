package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thief has copied the victim's refresh token. */
@Timeout(180)
final class ReuseTest {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final Client victim = Target.client();
  private final Client thief = Target.client();

  @Test
  void aThiefWhoComesFirstIsLoggedOutWhenTheVictimComesBack() throws Exception {
    String stolen = victim.newcomer().refresh();
    String ofThief = thief.refresh(stolen).hasStatus(200).refreshToken();
    Target.letPass(WINDOW);

    victim.refresh(stolen).isProblem(401, "refresh_token_reused");

    thief.refresh(ofThief).isProblem(401, "session_revoked");
  }

  @Test
  void aThiefWhoRunsAheadIsLoggedOutAtOnceWhenTheVictimComesBack() {
    String stolen = victim.newcomer().refresh();
    String next = thief.refresh(stolen).hasStatus(200).refreshToken();
    String ofThief = thief.refresh(next).hasStatus(200).refreshToken();

    victim.refresh(stolen).isProblem(401, "refresh_token_reused");

    thief.refresh(ofThief).isProblem(401, "session_revoked");
  }

  @Test
  void aThiefWhoComesAfterTheWindowGetsNothingAndEndsTheSession() throws Exception {
    String stolen = victim.newcomer().refresh();
    String ofVictim = victim.refresh(stolen).hasStatus(200).refreshToken();
    Target.letPass(WINDOW);

    thief.refresh(stolen).isProblem(401, "refresh_token_reused");

    victim.refresh(ofVictim).isProblem(401, "session_revoked");
  }

  @Test
  void aReuseEndsTheSessionAtFaultAndNoOther() {
    String name = Client.someone();
    Tokens phone = Tokens.of(victim.register(name).hasStatus(201).json().at("/tokens"));
    Tokens laptop = Tokens.of(victim.login(name, Client.PASSWORD).hasStatus(200).json());
    String next = victim.refresh(phone.refresh()).hasStatus(200).refreshToken();
    victim.refresh(next).hasStatus(200);

    thief.refresh(phone.refresh()).isProblem(401, "refresh_token_reused");

    victim.refresh(laptop.refresh()).hasStatus(200);
  }

  /**
   * The limit of the protocol: a retry and a thief look alike. Whoever follows each exchange within
   * the window holds the same tokens as the victim; nothing is detected until one of the two misses
   * a step.
   */
  @Test
  void aThiefInLockStepGoesUnnoticedWithinTheWindowUntilOneOfTheTwoMissesAStep() {
    String current = victim.newcomer().refresh();
    for (int step = 0; step < 5; step++) {
      Client first = step % 2 == 0 ? victim : thief;
      Client second = step % 2 == 0 ? thief : victim;
      String successor = first.refresh(current).hasStatus(200).refreshToken();
      assertThat(second.refresh(current).hasStatus(200).refreshToken()).isEqualTo(successor);
      current = successor;
    }
    String missed = current;
    String next = victim.refresh(missed).hasStatus(200).refreshToken();
    String ofVictim = victim.refresh(next).hasStatus(200).refreshToken();

    thief.refresh(missed).isProblem(401, "refresh_token_reused");

    victim.refresh(ofVictim).isProblem(401, "session_revoked");
  }

  @Test
  void aThiefInLockStepIsNoticedWhenLate() throws Exception {
    String current = victim.newcomer().refresh();
    String successor = victim.refresh(current).hasStatus(200).refreshToken();
    assertThat(thief.refresh(current).hasStatus(200).refreshToken()).isEqualTo(successor);
    String ofVictim = victim.refresh(successor).hasStatus(200).refreshToken();
    Target.letPass(WINDOW);

    thief.refresh(successor).isProblem(401, "refresh_token_reused");

    victim.refresh(ofVictim).isProblem(401, "session_revoked");
  }

  @Test
  void retriesDoNotProlongTheWindow() throws Exception {
    String stolen = victim.newcomer().refresh();
    victim.refresh(stolen).hasStatus(200);
    Target.letPass(Duration.ofSeconds(40));
    thief.refresh(stolen).hasStatus(200);
    Target.letPass(Duration.ofSeconds(20));

    thief.refresh(stolen).isProblem(401, "refresh_token_reused");
  }

  @Test
  void aSessionThatEndedByReuseStaysEndedForEveryTokenOfIt() {
    String first = victim.newcomer().refresh();
    String second = victim.refresh(first).hasStatus(200).refreshToken();
    String third = victim.refresh(second).hasStatus(200).refreshToken();
    thief.refresh(first).isProblem(401, "refresh_token_reused");

    for (String token : new String[] {first, second, third}) {
      victim.refresh(token).isProblem(401, "session_revoked");
    }
  }
}
