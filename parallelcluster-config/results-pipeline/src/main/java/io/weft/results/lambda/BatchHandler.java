package io.weft.results.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.Received;
import io.weft.results.port.RejectedException;
import io.weft.results.work.Redrive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A function whose trigger is a queue with {@code ReportBatchItemFailures}. */
abstract class BatchHandler implements RequestStreamHandler {
  /** What is done with one message. */
  interface Work {
    /**
     * Works on a message; one that can never be done is moved to the dead-letter queue by it.
     *
     * @return false if it is to come again
     * @throws IOException if it is to come again too, with the reason
     * @throws InterruptedException if the thread is told to end
     */
    boolean done(Received message) throws IOException, InterruptedException;
  }

  private final Work work;
  private final Redrive redrive;

  BatchHandler(MessageQueue queue, Work work) {
    this.work = work;
    this.redrive = new Redrive(queue, System.err::println);
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    List<String> again = new ArrayList<>();
    for (Received message : SqsBatch.read(input)) {
      if (!done(message)) {
        again.add(message.id());
      }
    }
    SqsBatch.answer(again, output);
  }

  private boolean done(Received message) {
    try {
      return tried(message);
    } catch (IOException away) {
      // Into the function's log. One message does not send the others round again.
      System.err.println("message " + message.id() + " comes again: " + away.getMessage());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private boolean tried(Received message) throws IOException, InterruptedException {
    try {
      return work.done(message);
    } catch (RejectedException | RuntimeException failure) {
      return redrive.failed(message, failure);
    }
  }
}
