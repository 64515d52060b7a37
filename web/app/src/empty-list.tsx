import { useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { Message } from "./message.tsx";

/** What to do before there is a replay. */
export function EmptyList() {
  const command = `viewreel record screen.xml --from xcuitest --server ${location.origin} --api-key <write key>`;
  return (
    <Message
      title="No replay has arrived yet"
      text="Send a first one: any XCUITest page source becomes a replay. The write key was printed when the server started for the first time."
    >
      <Command text={command} />
      <p>
        Or stop this server and run <code>viewreel demo</code>: it brings replays of its own. This
        page looks for new replays by itself.
      </p>
    </Message>
  );
}

function Command({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(text).then(() => setCopied(true));
  };
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" class="icon-button" onClick={copy} aria-label="Copy the command">
        <Icon name="copy" />
      </button>
      <span role="status">{isCopied ? "Copied" : ""}</span>
    </div>
  );
}
