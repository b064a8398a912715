/** Memory that is accounted for: named budgets that can refuse. */
package io.ghostworks.runtime.memory;
