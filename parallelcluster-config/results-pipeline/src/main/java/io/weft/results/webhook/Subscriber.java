package io.weft.results.webhook;

import java.net.URI;

/**
 * Who is told of results.
 *
 * @param name by which it is known what it was told; another name is told all again
 * @param url where to
 * @param secrets shared with it
 * @param limit how often at most
 */
record Subscriber(String name, URI url, SecretSource secrets, RateLimit limit) {}
