package io.weft.results;

import io.weft.results.port.AuditLog;
import io.weft.results.port.CatalogStore;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.QueueName;
import io.weft.results.port.SentStore;
import io.weft.results.port.Site;
import io.weft.results.port.Topic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A site whose bucket, tables, topic and audit fail when a test says so; its queues do not.
 *
 * @param site the real one
 * @param faults says for each call what it ends with; null for what the real one does
 */
public record FaultySite(Site site, BiFunction<Method, Object[], Exception> faults)
    implements Site {
  private <T> T faulty(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Exception fault = faults.apply(method, arguments);
              if (fault != null) {
                throw fault;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }

  @Override
  public Topic topic() {
    return faulty(Topic.class, site.topic());
  }

  @Override
  public MessageQueue queue(QueueName name) {
    return site.queue(name);
  }

  @Override
  public List<QueueName> queues() {
    return site.queues();
  }

  @Override
  public ObjectStore objects() {
    return faulty(ObjectStore.class, site.objects());
  }

  @Override
  public CatalogStore catalog() {
    return faulty(CatalogStore.class, site.catalog());
  }

  @Override
  public SentStore sent() {
    return faulty(SentStore.class, site.sent());
  }

  @Override
  public AuditLog audit() {
    return faulty(AuditLog.class, site.audit());
  }

  @Override
  public void close() {
    site.close();
  }
}
