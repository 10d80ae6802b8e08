/** The modal on top of somebody's stack. */
import { Blocks } from './blocks.tsx';
import { Dialog } from './dialog.tsx';
import { sendAllOf } from './fill.ts';
import { useScene } from './scene.ts';
import { TextObject } from './text.tsx';

export function Modals() {
  const { knowledge, me, words, act } = useScene();
  const stack = knowledge.all('modal').filter(({ user }) => user === me?.id);
  const view = stack.at(-1);
  if (view === undefined || me === undefined || act === undefined) return null;
  const close = (all: boolean) => void act({ act: 'close', as: me.id, view: view.id, all });
  return (
    <Dialog
      key={view.id}
      name={view.callback_id}
      title={<TextObject of={view.title} />}
      onClose={close}
      closeWords={
        view.close === undefined ? stack.length > 1 ? words.back : words.close : <TextObject of={view.close} />
      }
      {...(view.submit === undefined
        ? {}
        : {
            submitWords: <TextObject of={view.submit} />,
            onSubmit: async () => {
              await sendAllOf(view.id);
              await act({ act: 'submit', as: me.id, view: view.id });
            },
          })}
    >
      <Blocks blocks={view.blocks} place={{ kind: 'view', view }} />
    </Dialog>
  );
}
