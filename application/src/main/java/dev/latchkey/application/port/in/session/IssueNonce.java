package dev.latchkey.application.port.in.session;

/**
 * Issues the nonce for the next proof of a key (RFC 9449 §8). To be asked for when all else about
 * an answer is known: a session is rotated only by a proof whose nonce is younger than its last
 * rotation.
 */
public interface IssueNonce {

  /** Another one each time; nothing is stored. */
  String execute();
}
