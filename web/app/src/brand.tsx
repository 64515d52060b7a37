import { Icon } from "./icons.tsx";

/** The name, which leads to the list. */
export function Brand() {
  return (
    <a class="brand" href="/">
      <Icon name="reel" size={22} />
      <span>Viewreel</span>
    </a>
  );
}
