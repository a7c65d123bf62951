package dev.latchkey.domain.code;

import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;

/**
 * What is kept of a code: it serves one purpose, for one account, by one address.
 *
 * @param owner the user, or who will be one once the address is verified
 * @param email that it was mailed to
 * @param expiresAt from when on it is not accepted
 */
public record MailedCode(
    CodeHash hash, CodePurpose purpose, UserId owner, EmailAddress email, Instant expiresAt) {}
