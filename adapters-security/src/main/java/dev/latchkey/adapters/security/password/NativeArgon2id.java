package dev.latchkey.adapters.security.password;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Argon2id as the library of its authors computes it (P-H-C/phc-winner-argon2), in {@code
 * argon2.h}. The library takes the memory of a hash from the system and wipes it afterwards.
 */
final class NativeArgon2id implements Argon2id.RawHash {

  /** The interface of this number has argon2id and {@link #CONTEXT}. */
  private static final String NAME_OF_SYSTEM = "libargon2.so.1";

  /** {@code argon2_context}, where pointers have 8 bytes. */
  private static final StructLayout CONTEXT =
      MemoryLayout.structLayout(
          ADDRESS.withName("out"),
          JAVA_INT.withName("outlen"),
          paddingLayout(4),
          ADDRESS.withName("pwd"),
          JAVA_INT.withName("pwdlen"),
          paddingLayout(4),
          ADDRESS.withName("salt"),
          JAVA_INT.withName("saltlen"),
          paddingLayout(4),
          ADDRESS.withName("secret"),
          JAVA_INT.withName("secretlen"),
          paddingLayout(4),
          ADDRESS.withName("ad"),
          JAVA_INT.withName("adlen"),
          JAVA_INT.withName("t_cost"),
          JAVA_INT.withName("m_cost"),
          JAVA_INT.withName("lanes"),
          JAVA_INT.withName("threads"),
          JAVA_INT.withName("version"),
          ADDRESS.withName("allocate_cbk"),
          ADDRESS.withName("free_cbk"),
          JAVA_INT.withName("flags"),
          paddingLayout(4));

  private static final int VERSION = 0x13;
  private static final int OK = 0;

  /** From the tests of the reference implementation; two lanes need all of the function. */
  private static final String KNOWN_PASSWORD = "password";

  private static final String KNOWN_HASH =
      "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

  private static final System.Logger LOG = System.getLogger(NativeArgon2id.class.getName());

  private final MethodHandle argon2id;

  private NativeArgon2id(MethodHandle argon2id) {
    this.argon2id = argon2id;
  }

  /** By the library that is installed on this machine, if there is one that works. */
  @SuppressWarnings("restricted") // a native library
  static Optional<NativeArgon2id> ofSystem() {
    return of(() -> SymbolLookup.libraryLookup(NAME_OF_SYSTEM, Arena.global()));
  }

  /** By the library that comes with the service, if there is one for this machine that works. */
  static Optional<NativeArgon2id> packaged() {
    return of(PackagedLibrary::load);
  }

  /**
   * Nothing if the library cannot be loaded, as where native access is denied or a temporary folder
   * forbids it, or computes something else than argon2id.
   */
  @SuppressWarnings("restricted") // a native function
  static Optional<NativeArgon2id> of(Callable<SymbolLookup> library) {
    if (ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try {
      MethodHandle function =
          Linker.nativeLinker()
              .downcallHandle(
                  library.call().findOrThrow("argon2id_ctx"),
                  FunctionDescriptor.of(JAVA_INT, ADDRESS));
      return Optional.of(new NativeArgon2id(function)).filter(NativeArgon2id::knowsTheAnswer);
    } catch (Exception e) { // whatever it is, passwords are hashed in another way
      LOG.log(Level.DEBUG, "A native library for argon2id cannot be used", e);
      return Optional.empty();
    }
  }

  private static boolean knowsTheAnswer(NativeArgon2id candidate) {
    Argon2idHash known = Argon2idHash.parse(KNOWN_HASH).orElseThrow();
    byte[] tag =
        candidate.compute(
            KNOWN_PASSWORD.getBytes(US_ASCII),
            known.salt(),
            known.parameters(),
            known.tag().length);
    return MessageDigest.isEqual(tag, known.tag());
  }

  @Override
  public byte[] compute(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    try (Arena memory = Arena.ofConfined()) {
      // What is secret lies in one piece, to be overwritten whatever happens.
      MemorySegment secret = memory.allocate((long) password.length + tagLength);
      try {
        MemorySegment ownPassword =
            secret.asSlice(0, password.length).copyFrom(MemorySegment.ofArray(password));
        MemorySegment tag = secret.asSlice(password.length, tagLength);
        MemorySegment ownSalt = memory.allocateFrom(JAVA_BYTE, salt);
        call(context(memory, ownPassword, ownSalt, parameters, tag));
        return tag.toArray(JAVA_BYTE);
      } finally {
        secret.fill((byte) 0);
      }
    }
  }

  /** What is not set is nothing: no secret, no data, no functions for memory, no flags. */
  private static MemorySegment context(
      SegmentAllocator memory,
      MemorySegment password,
      MemorySegment salt,
      Argon2Parameters parameters,
      MemorySegment tag) {
    MemorySegment context = memory.allocate(CONTEXT);
    setBytes(context, "out", tag);
    setBytes(context, "pwd", password);
    setBytes(context, "salt", salt);
    setInt(context, "t_cost", parameters.iterations());
    setInt(context, "m_cost", parameters.memoryKiB());
    setInt(context, "lanes", parameters.parallelism());
    // Of its own: as many hashes as there are processors are computed at a time anyway.
    setInt(context, "threads", 1);
    setInt(context, "version", VERSION);
    return context;
  }

  private static void setBytes(MemorySegment context, String name, MemorySegment bytes) {
    context.set(ADDRESS, offsetOf(name), bytes);
    setInt(context, name + "len", (int) bytes.byteSize());
  }

  private static void setInt(MemorySegment context, String name, int value) {
    context.set(JAVA_INT, offsetOf(name), value);
  }

  private static long offsetOf(String name) {
    return CONTEXT.byteOffset(groupElement(name));
  }

  private void call(MemorySegment context) {
    int outcome;
    try {
      outcome = (int) argon2id.invokeExact(context);
    } catch (Throwable e) { // as a method handle declares it
      throw new IllegalStateException("argon2id cannot be called", e);
    }
    if (outcome != OK) {
      throw new IllegalStateException("argon2id failed with the code " + outcome);
    }
  }
}
