-- Everything the shop stores.
CREATE SCHEMA shop;

-- A customer of the shop.
-- One per mail address.
CREATE TABLE shop.customers (
  -- Assigned by the store.
  id BIGINT PRIMARY KEY,
  mail VARCHAR(200) NOT NULL UNIQUE, -- lower case
  joined_at TIMESTAMP DEFAULT now(),
  CONSTRAINT mail_has_at CHECK (mail LIKE '%@%')
);

COMMENT ON COLUMN shop.customers.mail IS 'Where the bills go; it''s checked.';

CREATE TABLE IF NOT EXISTS "orders" (
  id INT,
  customer_id BIGINT REFERENCES shop.customers (id) ON DELETE CASCADE,
  total NUMERIC(10, 2)
);

COMMENT ON TABLE orders IS 'What was bought.';

CREATE UNIQUE INDEX orders_by_customer ON orders (customer_id);

/* Customers with at least one order. */
CREATE VIEW shop.buyers AS
  SELECT c.id, c.mail FROM shop.customers c JOIN orders o ON o.customer_id = c.id;

CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id;

CREATE TYPE shop.state AS ENUM ('open', 'paid', 'sent');

CREATE TABLE broken (id INT,, name);

-- Adds up what a customer bought.
CREATE OR REPLACE FUNCTION shop.total_of(customer BIGINT, since DATE DEFAULT '2000-01-01')
RETURNS NUMERIC AS $$
  SELECT sum(total) FROM orders WHERE customer_id = customer;
$$ LANGUAGE sql;

CREATE TRIGGER orders_changed AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION shop.note_change();

CREATE SEQUENCE shop.order_numbers START 100;

ALTER TABLE orders ADD COLUMN note TEXT;

INSERT INTO orders (id) VALUES (1);
SELECT 1;

-- Pays an order.
CREATE PROCEDURE shop.pay(order_id INT, amount NUMERIC(10, 2)) LANGUAGE plpgsql AS $$
BEGIN RETURN; END;
$$;

CREATE DOMAIN shop.mail AS TEXT CHECK (VALUE LIKE '%@%');

CREATE TABLE `notes` (
  `id` int(11) NOT NULL AUTO_INCREMENT COMMENT 'Its number',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
