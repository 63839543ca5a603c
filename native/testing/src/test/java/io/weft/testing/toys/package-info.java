/** Test classes that the tests of the extension run; most are wrong on purpose. */
package io.weft.testing.toys;
