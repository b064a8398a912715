/** The series engine. */
package io.ghostworks.series;
