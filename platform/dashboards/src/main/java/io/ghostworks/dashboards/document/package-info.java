/** Dashboard documents of every form: how they are read, filled in, compared. Knows no store. */
package io.ghostworks.dashboards.document;
