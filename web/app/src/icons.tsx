/** Small drawings of our own; all are decoration beside a name. */

const PATHS = {
  play: "M8 5.2v13.6a.9.9 0 0 0 1.4.76l10.2-6.8a.9.9 0 0 0 0-1.52L9.4 4.44A.9.9 0 0 0 8 5.2Z",
  pause: "M7 5h3.4v14H7zM13.6 5H17v14h-3.4z",
  lock: "M7 10V7.6a5 5 0 0 1 10 0V10h.5A1.5 1.5 0 0 1 19 11.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-7A1.5 1.5 0 0 1 6.5 10H7Zm2 0h6V7.6a3 3 0 0 0-6 0V10Z",
  reel: "M7 2h10a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Zm3 6.6v6.8a.6.6 0 0 0 .92.5l5.3-3.4a.6.6 0 0 0 0-1l-5.3-3.4a.6.6 0 0 0-.92.5Z",
} as const;

const LINES = {
  back: "M4 12.5a8 8 0 1 0 2.6-5.9M4 4.5V9h4.5M9.6 10.2v5M12.6 12.1a1.7 1.9 0 0 1 3.4 0v1.2a1.7 1.9 0 0 1-3.4 0z",
  forward:
    "M20 12.5a8 8 0 1 1-2.6-5.9M20 4.5V9h-4.5M8.6 10.2v5M11.6 12.1a1.7 1.9 0 0 1 3.4 0v1.2a1.7 1.9 0 0 1-3.4 0z",
  touch:
    "M12 12m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0M12 12m-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0",
  help: "M9.2 9.2a2.9 2.9 0 1 1 4.3 2.5c-.9.5-1.5 1.1-1.5 2.1M12 17.2v.1M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0",
  left: "M14.5 5.5 8 12l6.5 6.5",
  screen: "M5 5h14v11H5zM9 20h6",
  event: "M6 20V4m0 1h11l-2.2 4L17 13H6",
  log: "M5 7h14M5 12h14M5 17h8",
  gap: "M4 12h4m8 0h4M11 8l-2 8m6-8-2 8",
  copy: "M9 9h10v11H9zM5 15V4h10",
  close: "M6 6l12 12M18 6 6 18",
} as const;

export type IconName = keyof typeof PATHS | keyof typeof LINES;

/** A drawing, 20 px unless `size` says otherwise, in the colour of the text. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  const isFilled = name in PATHS;
  const path = isFilled ? PATHS[name as keyof typeof PATHS] : LINES[name as keyof typeof LINES];
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill={isFilled ? "currentColor" : "none"}
      fill-rule="evenodd"
      stroke={isFilled ? "none" : "currentColor"}
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={path} />
    </svg>
  );
}
