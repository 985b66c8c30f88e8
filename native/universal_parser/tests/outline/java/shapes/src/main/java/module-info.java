/** Everything about shapes. */
open module org.example.shapes {
    requires java.base;
    exports org.example.shapes;
}
