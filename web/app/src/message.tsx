import type { ComponentChildren } from "preact";

interface MessageProps {
  readonly title: string;
  readonly text?: string;
  readonly children?: ComponentChildren;
}

/** A page's worth of words where there is nothing else to show. */
export function Message({ title, text, children }: MessageProps) {
  return (
    <div class="message">
      <h1>{title}</h1>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  );
}
