/**
 * What runs under every query: its tenant, deadline, memory and cancellation. The packages below
 * say what a query language may ask of a store; a language knows these interfaces and never a
 * store, and a store never a language.
 */
package io.ghostworks.query;
