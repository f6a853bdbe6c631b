/** The console part of a node's home, in the package where Elasticsearch looks for it. */
package org.elasticsearch.io.ansi;
