/** What a process needs to run: time, memory budgets, its own metrics. See the packages below. */
package io.ghostworks.runtime;
