package io.weft.results.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A bucket in which an object, once there, is never replaced: whoever comes second is told. Safe
 * for several threads. An {@link IOException} is a bucket that cannot be reached or refuses; trying
 * again later is right.
 */
public interface ObjectStore {
  /**
   * Describes an object.
   *
   * @param key where
   * @return nothing if it is not there
   * @throws IOException if the bucket cannot be asked
   */
  Optional<StoredObject> head(String key) throws IOException;

  /**
   * Reads a small object.
   *
   * @param key where
   * @param mostBytes at most so much of it is read
   * @return nothing if it is not there; one byte more than {@code mostBytes} if it is longer
   * @throws IOException if it cannot be read
   */
  Optional<byte[]> read(String key, int mostBytes) throws IOException;

  /**
   * Opens an object.
   *
   * @param key where
   * @return its content; to be closed
   * @throws IOException if it cannot be read, or is not there
   */
  InputStream open(String key) throws IOException;

  /**
   * Puts a small object if there is none.
   *
   * @param key where
   * @param content its content
   * @param metadata what to note with it
   * @return false if there is one already, whatever it is
   * @throws IOException if it cannot be put
   */
  boolean putIfAbsent(String key, byte[] content, Map<String, String> metadata) throws IOException;

  /**
   * Puts an object of at most 5 GiB if there is none; the bucket refuses other content than the
   * digest says.
   *
   * @param key where
   * @param body its content
   * @return false if there is one already, whatever it is
   * @throws IOException if it cannot be put
   */
  boolean putIfAbsent(String key, PartBody body) throws IOException;

  /**
   * Tells the catalog once more of an object that is there, where the bucket may have been ended
   * before it told of it; a bucket that cannot be does nothing.
   *
   * @param key where
   * @throws IOException if that does not work now
   */
  default void retell(String key) throws IOException {}

  /**
   * Removes an object.
   *
   * @param key where
   * @throws IOException if it cannot be removed
   */
  void delete(String key) throws IOException;

  /**
   * Lists keys, in order.
   *
   * @param prefix what they begin with
   * @param each gets key after key
   * @throws IOException if the bucket cannot be asked
   */
  void list(String prefix, Consumer<String> each) throws IOException;

  /**
   * The open uploads to a key.
   *
   * @param key where
   * @return their ids, the oldest first
   * @throws IOException if the bucket cannot be asked
   */
  List<String> openUploads(String key) throws IOException;

  /**
   * Begins an upload in parts.
   *
   * @param key where
   * @param partBytes the length of all parts but the last, which is noted with the object
   * @return the upload's id
   * @throws IOException if it cannot be begun
   */
  String beginUpload(String key, long partBytes) throws IOException;

  /**
   * The parts of an open upload.
   *
   * @param key where
   * @param upload its id
   * @return the parts that are there, in order
   * @throws UploadGoneException if it is open no more
   * @throws IOException if the bucket cannot be asked
   */
  List<UploadedPart> parts(String key, String upload) throws IOException;

  /**
   * Puts a part.
   *
   * @param key where
   * @param upload its id
   * @param number of the part, from 1
   * @param body its content
   * @return the part as the bucket has it
   * @throws UploadGoneException if the upload is open no more
   * @throws IOException if it cannot be put
   */
  UploadedPart putPart(String key, String upload, int number, PartBody body) throws IOException;

  /**
   * Makes an object of the parts if there is none.
   *
   * @param key where
   * @param upload its id
   * @param parts all of them, in order
   * @return false if there is an object already, whatever it is; the upload then stays open
   * @throws UploadGoneException if the upload is open no more
   * @throws IOException if it cannot be completed
   */
  boolean completeUpload(String key, String upload, List<UploadedPart> parts) throws IOException;

  /**
   * Ends an upload without an object; one that is open no more is no error.
   *
   * @param key where
   * @param upload its id
   * @throws IOException if it cannot be ended
   */
  void abortUpload(String key, String upload) throws IOException;
}
