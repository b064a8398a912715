/** Recording and alerting rules. */
package io.ghostworks.rules;
