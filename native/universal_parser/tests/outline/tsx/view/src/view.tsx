import React from "react";
interface Props { /** Who. */ name: string }
/** Greets. */
export const Hello: React.FC<Props> = ({ name }) => <p>Hello {name}</p>;
export default function App() { return <Hello name="x" />; }
