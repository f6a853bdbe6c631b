/** How well an order of hits fits what the user then chose. */
package dev.persona.demo.measure;
