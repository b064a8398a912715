/**
 * Go's {@code text/template} language with the functions that Prometheus and Alertmanager give it.
 * A {@link io.ghostworks.template.TemplateSet} is parsed once and rendered with data, functions and
 * limits; values are plain Java objects as {@link io.ghostworks.template.GoObject} describes them.
 * Knows no rule, no notification and no store.
 */
package io.ghostworks.template;
