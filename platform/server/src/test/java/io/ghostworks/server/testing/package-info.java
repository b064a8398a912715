/** What the tests of this module share: a client of a platform that runs in the same process. */
package io.ghostworks.server.testing;
