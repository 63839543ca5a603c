/** Writes down what was announced, where nobody can change it. */
package io.weft.results.audit;
