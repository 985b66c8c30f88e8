;; Licence text, no documentation.
(ns ^{:author "us"} my-shelf.core
  "A shelf of books.

  With more words."
  (:require [clojure.string :as str]
            [schema.core :as s])
  #?(:clj (:import (java.util UUID))))

(declare later)

(def ^:const limit "Most books." 10)
(def ^:private secret 42)
(def ^{:doc "How it is named." :deprecated "1.2"} label "shelf")
(def big-table {:a 1 :b 2 :c 3 :d 4 :e 5 :f 6 :g 7 :h 8 :i 9 :j 10 :k 11})
(defonce registry (atom {}))
(def ^:dynamic *current* nil)

(defn add
  "Adds a book.

  Says \"no\" when full."
  {:added "1.0"}
  ([shelf book] (add shelf book {}))
  ([shelf book {:keys [front?] :as opts}]
   (defn not-top-level [] nil)
   (conj shelf book)))

(defn ^String title ^String [{:keys [title]}] title)
(defn- hidden-helper [x] x)
(defn ^:no-doc tooling [x] x)
(defn ^:private also-private
  [x & more] x)
(defn without-arguments "Only a docstring" [] nil)

(defmacro with-shelf
  "Binds a shelf."
  [[name init] & body]
  `(let [~name ~init] ~@body))

(defmulti area "The area of a shape." :kind)
(defmethod area :circle [{:keys [r]}] (* r r))
(defmethod area :default named-method [_] 0)

(defprotocol Storage
  "Where books are kept."
  (store [this book] [this book place] "Puts a book away.")
  (^:deprecated fetch [this id]))

(definterface Counted2 (^long total [x]))

(defrecord Book-Entry [title ^long pages]
  Storage
  (store [this book] this))

(deftype Cell [^:volatile-mutable value id])

(s/defn checked :- s/Int
  "With a schema."
  [x :- s/Int]
  x)
(s/defschema Name s/Str)
(defroutes app (GET "/" [] "hi"))
(s/def ::name string?)

#?(:clj (defn now "The time." [] (System/currentTimeMillis))
   :cljs (defn now [] (.now js/Date)))
#?(:clj (defn jvm-only [] 1))
#?(:cljs
   (do
     (defn browser-only [x] x)
     (def origin js/window)))

(comment
  (defn in-comment [] 1))
#_(defn discarded [] 2)

(let [counter (atom 0)]
  (defn next-id "Closes over a counter." [] (swap! counter inc)))

(when true
  (def conditional-var 1))

(defn broken [x] (inc x]) ) )

(defn after-the-error "Still found." [x] x)

(deftest not-api (is true))
(extend-type String Storage (store [this book] this))
(def other.ns/foreign 1)
(def unbound)
